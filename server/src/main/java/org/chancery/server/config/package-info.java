/// What an administrator decides about a relay, checked once:
/// [ServerConfig][org.chancery.server.config.ServerConfig]. Imports nothing of the relay.
@NullMarked
package org.chancery.server.config;

import org.jspecify.annotations.NullMarked;
