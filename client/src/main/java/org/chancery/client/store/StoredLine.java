package org.chancery.client.store;

/// A [Line] that is in the store.
///
/// @param id grows with every line stored
public record StoredLine(long id, Line line) {}
