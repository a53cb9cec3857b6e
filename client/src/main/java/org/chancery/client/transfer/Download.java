package org.chancery.client.transfer;

import java.nio.file.Path;
import org.chancery.protocol.content.Body;

/// A file that is to be fetched.
///
/// @param id of the transfer, at this client
/// @param target where it is to lie, once it is whole and proved
/// @param overwrite whether a file that is there may be replaced
public record Download(long id, Body.File file, Path target, boolean overwrite) {}
