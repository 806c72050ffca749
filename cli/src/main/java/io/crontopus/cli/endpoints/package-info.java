/** crontopus endpoints: the machines that run jobs. */
@NullMarked
package io.crontopus.cli.endpoints;

import org.jspecify.annotations.NullMarked;
