package org.chancery.ca.seeded;

/// Breaks the arrows: ca must not know protocol. For ArchitectureTest only, never shipped.
public record Neighbour(org.chancery.protocol.seeded.Neighbour known) {}
