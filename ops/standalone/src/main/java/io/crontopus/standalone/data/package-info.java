/**
 * The folder that holds all that one platform keeps: settings, credentials, repositories, database,
 * logs.
 */
@NullMarked
package io.crontopus.standalone.data;

import org.jspecify.annotations.NullMarked;
