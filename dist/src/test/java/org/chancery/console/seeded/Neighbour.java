package org.chancery.console.seeded;

/// Breaks the arrows: console must not know server. For ArchitectureTest only, never shipped.
public record Neighbour(org.chancery.server.seeded.Neighbour known) {}
