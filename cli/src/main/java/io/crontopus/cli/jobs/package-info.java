/** crontopus jobs: the jobs that Git defines. */
@NullMarked
package io.crontopus.cli.jobs;

import org.jspecify.annotations.NullMarked;
