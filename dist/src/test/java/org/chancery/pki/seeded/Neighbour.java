package org.chancery.pki.seeded;

/// Breaks the arrows: pki must not know server. For ArchitectureTest only, never shipped.
public record Neighbour(org.chancery.server.seeded.Neighbour known) {}
