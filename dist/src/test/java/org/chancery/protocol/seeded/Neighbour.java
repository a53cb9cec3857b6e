package org.chancery.protocol.seeded;

/// Breaks the arrows: protocol must not know ca. For ArchitectureTest only, never shipped.
public record Neighbour(org.chancery.ca.seeded.Neighbour known) {}
