package org.chancery.client.seeded;

/// Breaks the arrows: client must not know ca. For ArchitectureTest only, never shipped.
public record Neighbour(org.chancery.ca.seeded.Neighbour known) {}
