package io.crontopus.identity;

import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
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
   * Gives the rest of the thread's transaction to a tenant. There is no way back: a transaction is
   * of one tenant.
   *
   * @throws IllegalStateException when there is no transaction, or it is another tenant's
   */
  public void enter(String tenantId) {
    if (tenantId.isEmpty()) {
      throw new IllegalStateException("no tenant is named");
    }
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException("a tenant is entered in a transaction only");
    }
    Object entered = TransactionSynchronizationManager.getResource(key);
    if (entered == null) {
      jdbc.sql(ENTER).param(tenantId).query((row, number) -> true).single();
      TransactionSynchronizationManager.bindResource(key, tenantId);
      TransactionSynchronizationManager.registerSynchronization(new Forget(tenantId));
    } else if (!entered.equals(tenantId)) {
      throw new IllegalStateException("this transaction is another tenant's");
    }
  }

  /**
   * The tables, in a transaction that was given to a tenant.
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
