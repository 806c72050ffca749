/** YAML text as a tree in which every value knows its line and column. */
@NullMarked
package io.crontopus.manifest.yaml;

import org.jspecify.annotations.NullMarked;
