package io.crontopus.projection.admin;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the operators' API on projections. */
@Configuration(proxyBeanMethods = false)
@Import({OperatorLog.class, ProjectionController.class, DeadLetterController.class})
public class AdminConfiguration {}
