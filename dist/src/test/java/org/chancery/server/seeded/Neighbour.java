package org.chancery.server.seeded;

/// Breaks the arrows: server must not know client. For ArchitectureTest only, never shipped.
public record Neighbour(org.chancery.client.seeded.Neighbour known) {}
