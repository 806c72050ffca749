/** The commands of those who run the platform: tenants, usage, health. */
@NullMarked
package io.crontopus.cli.admin;

import org.jspecify.annotations.NullMarked;
