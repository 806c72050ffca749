package io.crontopus.event;

import io.crontopus.audit.events.AuditExported;
import io.crontopus.endpoint.events.EndpointCameBack;
import io.crontopus.endpoint.events.EndpointChanged;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointFirstSeen;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.EndpointWentOffline;
import io.crontopus.endpoint.events.EndpointWentSilent;
import io.crontopus.endpoint.events.FleetCameBack;
import io.crontopus.endpoint.events.FleetWentQuiet;
import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.enrollment.events.EndpointTokenRotated;
import io.crontopus.enrollment.events.EndpointTokenRotationWanted;
import io.crontopus.enrollment.events.EnrollmentTokenIssued;
import io.crontopus.enrollment.events.EnrollmentTokenRevoked;
import io.crontopus.git.events.CommitObserved;
import io.crontopus.job.events.JobDefined;
import io.crontopus.job.events.JobRemoved;
import io.crontopus.login.events.DeviceLoginApproved;
import io.crontopus.login.events.DeviceLoginDenied;
import io.crontopus.login.events.LoginFailed;
import io.crontopus.login.events.PasswordChanged;
import io.crontopus.login.events.PasswordReset;
import io.crontopus.login.events.PasswordResetRequested;
import io.crontopus.login.events.ProviderLinked;
import io.crontopus.login.events.ProviderUnlinked;
import io.crontopus.login.events.RefreshTokenReused;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.login.events.SignedInByProvider;
import io.crontopus.login.events.SigningKeyRotated;
import io.crontopus.login.events.UserLoggedIn;
import io.crontopus.platform.events.ProjectionAdministered;
import io.crontopus.platform.events.TestLetterSent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import io.crontopus.tenant.events.ApiTokenIssued;
import io.crontopus.tenant.events.ApiTokenRevoked;
import io.crontopus.tenant.events.PingKeyIssued;
import io.crontopus.tenant.events.PingKeyRevoked;
import io.crontopus.tenant.events.TenantAdministered;
import io.crontopus.tenant.events.TenantCreated;
import io.crontopus.tenant.events.TenantDeletionRequested;
import io.crontopus.tenant.events.TenantRegistered;
import io.crontopus.tenant.events.TenantResumed;
import io.crontopus.tenant.events.TenantSuspended;
import io.crontopus.tenant.events.UserRegistered;
import io.crontopus.user.events.EmailChanged;
import io.crontopus.user.events.EmailVerified;
import io.crontopus.user.events.InvitationAccepted;
import io.crontopus.user.events.InvitationMade;
import io.crontopus.user.events.InvitationRevoked;
import io.crontopus.user.events.PersonForgotten;
import io.crontopus.user.events.RoleChanged;
import io.crontopus.user.events.ServiceAdded;
import io.crontopus.user.events.UserRemoved;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every event that is stored, by its stable name. */
public final class EventCatalog {

  private static final Map<String, Class<?>> BY_NAME =
      Stream.<Class<?>>of(
              RunStarted.class,
              RunExtended.class,
              RunOutputAdded.class,
              RunFinished.class,
              RunTimedOut.class,
              RunLateResultRecorded.class,
              EndpointEnrolled.class,
              EndpointRevoked.class,
              EndpointFirstSeen.class,
              EndpointWentSilent.class,
              EndpointWentOffline.class,
              EndpointCameBack.class,
              EndpointChanged.class,
              FleetWentQuiet.class,
              FleetCameBack.class,
              HeartbeatsCollected.class,
              JobInstancesChanged.class,
              HeartbeatsObserved.class,
              JobDefined.class,
              JobRemoved.class,
              CommitObserved.class,
              EnrollmentTokenIssued.class,
              EnrollmentTokenRevoked.class,
              EndpointTokenRotationWanted.class,
              EndpointTokenRotated.class,
              TenantRegistered.class,
              TenantCreated.class,
              TenantSuspended.class,
              TenantResumed.class,
              TenantDeletionRequested.class,
              TenantAdministered.class,
              ProjectionAdministered.class,
              AuditExported.class,
              TestLetterSent.class,
              UserRegistered.class,
              ApiTokenIssued.class,
              ApiTokenRevoked.class,
              PingKeyIssued.class,
              PingKeyRevoked.class,
              UserLoggedIn.class,
              LoginFailed.class,
              DeviceLoginApproved.class,
              DeviceLoginDenied.class,
              SessionsEnded.class,
              RefreshTokenReused.class,
              PasswordChanged.class,
              PasswordResetRequested.class,
              PasswordReset.class,
              SignedInByProvider.class,
              ProviderLinked.class,
              ProviderUnlinked.class,
              SigningKeyRotated.class,
              RoleChanged.class,
              UserRemoved.class,
              PersonForgotten.class,
              ServiceAdded.class,
              InvitationMade.class,
              InvitationAccepted.class,
              InvitationRevoked.class,
              EmailVerified.class,
              EmailChanged.class)
          .collect(Collectors.toUnmodifiableMap(EventCatalog::declaredName, Function.identity()));

  private EventCatalog() {}

  /** The class of the events of this name. */
  public static Optional<Class<?>> classOf(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The stored name of events of this class; empty for what is no event. */
  public static Optional<String> nameOf(Class<?> type) {
    EventName name = type.getAnnotation(EventName.class);
    return name == null ? Optional.empty() : Optional.of(name.value());
  }

  /** All names. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static String declaredName(Class<?> type) {
    return nameOf(type).orElseThrow(() -> new IllegalStateException("no @EventName on " + type));
  }
}
