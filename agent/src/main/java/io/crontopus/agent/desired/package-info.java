/**
 * What should run here: the manifests of a commit, with the last good version of those that broke.
 */
@NullMarked
package io.crontopus.agent.desired;

import org.jspecify.annotations.NullMarked;
