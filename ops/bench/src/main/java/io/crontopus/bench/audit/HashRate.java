package io.crontopus.bench.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How many leaves one core can hash: nobody can verify faster than that. */
final class HashRate {

  private static final long TIME = 1_000_000_000;
  private static final int AT_ONCE = 1_000;

  private HashRate() {}

  /** Leaves of so many bytes a second, each with its link of the chain and its node of the tree. */
  static double measure(int leafBytes) {
    MessageDigest sha = sha256();
    byte[] leaf = new byte[leafBytes];
    byte[] pair = new byte[1 + 2 * sha.getDigestLength()];
    rate(sha, leaf, pair);
    return rate(sha, leaf, pair);
  }

  private static double rate(MessageDigest sha, byte[] leaf, byte[] pair) {
    long start = System.nanoTime();
    long leaves = 0;
    while (System.nanoTime() - start < TIME) {
      for (int i = 0; i < AT_ONCE; i++) {
        byte[] hash = sha.digest(leaf);
        System.arraycopy(hash, 0, pair, 1, hash.length);
        hash = sha.digest(pair);
        System.arraycopy(hash, 0, pair, 1, hash.length);
        hash = sha.digest(pair);
        leaf[0] = hash[0];
      }
      leaves += AT_ONCE;
    }
    return leaves * 1e9 / (System.nanoTime() - start);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
