/** The commands of those who run the platform: tenants, usage, signing keys, health. */
@NullMarked
package io.crontopus.cli.admin;

import org.jspecify.annotations.NullMarked;
