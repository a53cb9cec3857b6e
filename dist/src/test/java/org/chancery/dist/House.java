package org.chancery.dist;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// What the tests of this module see of the house: every production class, and what each module exports.
final class House {
    private static final ImportOption NO_FIXTURES =
            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");

    private House() {}

    /// All classes of all modules, without anybody's tests.
    static JavaClasses classes() {
        return new ClassFileImporter().withImportOption(NO_FIXTURES).importPackages("org.chancery");
    }

    /// The packages that some `module-info` exports, qualified or not.
    static Set<String> exportedPackages() throws IOException {
        Set<String> exported = new TreeSet<>();
        ClassLoader loader = House.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources("module-info.class"))) {
            try (InputStream in = url.openStream()) {
                ModuleDescriptor module = ModuleDescriptor.read(in);
                if (module.name().startsWith("org.chancery.")) {
                    module.exports().forEach(export -> exported.add(export.source()));
                }
            }
        }
        return exported;
    }
}
