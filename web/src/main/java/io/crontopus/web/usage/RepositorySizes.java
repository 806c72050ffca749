package io.crontopus.web.usage;

import java.util.Map;

/** How much disk the tenants' Git repositories take. */
@FunctionalInterface
public interface RepositorySizes {

  /** Bytes by tenant, of those whose repositories this node can see. Walks the disk. */
  Map<String, Long> bytes();
}
