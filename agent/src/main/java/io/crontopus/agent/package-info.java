/**
 * The agent: reads the tenant's manifests from Git, keeps the machine's scheduler in line, reports
 * every run.
 */
@NullMarked
package io.crontopus.agent;

import org.jspecify.annotations.NullMarked;
