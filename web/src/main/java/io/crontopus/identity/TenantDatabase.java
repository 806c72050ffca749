package io.crontopus.identity;

import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way of the write side to the tenants' tables. Work for a tenant is done in a transaction
 * that names the tenant and takes on a role that row-level security binds: whatever a statement
 * says, it sees and changes rows of this tenant alone. Not for an event loop.
 */
public final class TenantDatabase {

  /** One round trip; both last until the transaction ends, however it ends. */
  private static final String ENTER =
      """
      SELECT set_config('role', 'crontopus_tenant', true), set_config('crontopus.tenant', ?, true)
      """;

  /** What the connections' own role may not do is done as the user who connects. */
  private static final String ENTER_ALL = "SELECT set_config('role', 'none', true)";

  /** Instead of a tenant's name, which is never empty. */
  private static final String ALL = "";

  /** Under what the tenant of a thread's transaction is kept, whoever asks for it. */
  private record Key(DataSource dataSource) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Key key;

  public TenantDatabase(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    key = new Key(dataSource);
  }

  /**
   * Does work for a tenant, in the transaction of the thread or in one of its own.
   *
   * @throws IllegalStateException when the transaction is another tenant's
   */
  public <T> T in(String tenantId, Function<JdbcClient, T> work) {
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              enter(tenantId);
              return work.apply(jdbc);
            }));
  }

  /**
   * Does work of those who operate the platform, in the transaction of the thread or in one of its
   * own: it sees the rows of all tenants.
   *
   * @throws IllegalStateException when the transaction is a tenant's
   */
  public <T> T inAll(Function<JdbcClient, T> work) {
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              enterAll();
              return work.apply(jdbc);
            }));
  }

  /**
   * Gives the rest of the thread's transaction to those who operate the platform.
   *
   * @throws IllegalStateException when there is no transaction, or it is a tenant's
   */
  public void enterAll() {
    Object entered = enteredAs();
    if (entered == null) {
      enter(ENTER_ALL, ALL);
    } else if (!entered.equals(ALL)) {
      throw new IllegalStateException("this transaction is a tenant's");
    }
  }

  /**
   * Gives the rest of the thread's transaction to a tenant. There is no way back: a transaction is
   * of one tenant, unless it is of all of them.
   *
   * @throws IllegalStateException when there is no transaction, or it is another tenant's
   */
  public void enter(String tenantId) {
    if (tenantId.isEmpty()) {
      throw new IllegalStateException("no tenant is named");
    }
    Object entered = enteredAs();
    if (entered == null) {
      enter(ENTER, tenantId);
    } else if (!entered.equals(tenantId) && !entered.equals(ALL)) {
      throw new IllegalStateException("this transaction is another tenant's");
    }
  }

  private @Nullable Object enteredAs() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException("a tenant is entered in a transaction only");
    }
    return TransactionSynchronizationManager.getResource(key);
  }

  private void enter(String sql, String as) {
    JdbcClient.StatementSpec statement = jdbc.sql(sql);
    (as.equals(ALL) ? statement : statement.param(as)).query((row, number) -> true).single();
    TransactionSynchronizationManager.bindResource(key, as);
    TransactionSynchronizationManager.registerSynchronization(new Forget(as));
  }

  /**
   * The tables, in a transaction that was given to a tenant, or to those who operate the platform.
   *
   * @throws IllegalStateException when it was not
   */
  public JdbcClient entered() {
    if (TransactionSynchronizationManager.getResource(key) == null) {
      throw new IllegalStateException("no tenant was entered");
    }
    return jdbc;
  }

  /**
   * What can be asked before a tenant is known, or about all of them: the functions of schema
   * {@code identity} that find a row by what only its owner can know, and tables that are no
   * tenant's.
   */
  public JdbcClient beforeTenant() {
    return jdbc;
  }

  /** Takes the tenant off the thread when its transaction is over, or set aside for another one. */
  private final class Forget implements TransactionSynchronization {

    private final String tenantId;

    Forget(String tenantId) {
      this.tenantId = tenantId;
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResourceIfPossible(key);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(key, tenantId);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(key);
    }
  }
}
