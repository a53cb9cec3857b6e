package org.chancery.dist.simulation;

import java.nio.file.Path;
import org.chancery.client.engine.EngineByHand.Cryptography;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A world of alice, bob and carol, whom the relay knows, where a test says what happens next.
abstract class ThreePeople {
    @TempDir
    private Path directory;

    World world;
    Person alice;
    Person bob;
    Person carol;

    @BeforeEach
    void begin() throws Exception {
        world = new World(Cryptography.HASHED, directory, 1);
        alice = world.person("alice@lab.example");
        bob = world.person("bob@lab.example");
        carol = world.person("carol@lab.example");
        world.settle();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }
}
