package org.chancery.dist.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assertions;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Runs a test of one module with some of the project's classes in place of those that were built. Everything happens
/// in this JVM, with a class loader of its own for each run.
///
/// @param top the directory of all modules, which are compiled
/// @param module where the tests live
record Rehearsal(Path top, String module) {
    private static final String OURS = "org.chancery.";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SHOWN = 120;

    /// @param failures what each test that failed said, in one line
    record Outcome(long succeeded, List<String> failures) {}

    /// Compiles one source file, changed, into `target`.
    void compile(Path file, String source, Path target) throws IOException {
        Path changed =
                target.resolveSibling("source").resolve(file.getFileName().toString());
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-parameters", "-d", target.toString(), "-classpath", classPath());
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjects(changed))
                    .call();
            assertThat(compiled)
                    .as("%s without its defence: %s", file, complaints)
                    .isTrue();
        }
    }

    /// Runs a test with the classes below `replacements` in front of all others.
    Outcome run(MarkedTest test, Path replacements) throws Exception {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        try (Loader loader = new Loader(urls(replacements))) {
            Class<?> type = loader.loadClass(test.type());
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> method.getName().equals(test.method()))
                            .<MethodSelector>map(method -> DiscoverySelectors.selectMethod(type, method))
                            .toList())
                    .build();
            Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
                Thread.currentThread().setContextClassLoader(loader);
                LauncherFactory.create().execute(request, listener);
            });
        }
        TestExecutionSummary summary = listener.getSummary();
        return new Outcome(
                summary.getTestsSucceededCount(),
                summary.getFailures().stream().map(Rehearsal::inOneLine).toList());
    }

    private static String inOneLine(TestExecutionSummary.Failure failure) {
        String text = failure.getException().toString().strip().replaceAll("\\s+", " ");
        return text.substring(0, Math.min(text.length(), SHOWN));
    }

    private String classPath() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path directory : built()) {
            all.add(directory.toString());
        }
        all.add(System.getProperty("java.class.path"));
        return String.join(java.io.File.pathSeparator, all);
    }

    private URL[] urls(Path replacements) throws IOException {
        List<Path> all = new ArrayList<>(List.of(replacements));
        all.addAll(built());
        List<URL> urls = new ArrayList<>();
        for (Path directory : all) {
            urls.add(url(directory));
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path directory) throws MalformedURLException {
        return directory.toUri().toURL();
    }

    /// What the build has compiled, the tests of this module first. The benchmark is part of no program, and
    /// keeps other rules.
    private List<Path> built() throws IOException {
        List<Path> all = new ArrayList<>(List.of(top.resolve(module).resolve("target/test-classes")));
        try (var modules = Files.list(top)) {
            for (Path each :
                    modules.filter(each -> !each.endsWith("bench")).sorted().toList()) {
                all.add(each.resolve("target/classes"));
                all.add(each.resolve("target/test-classes"));
            }
        }
        return all.stream().filter(Files::isDirectory).distinct().toList();
    }

    /// Looks here first for what is ours; the libraries are shared.
    private static final class Loader extends URLClassLoader {
        Loader(URL[] urls) {
            super(urls, Rehearsal.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith(OURS) ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }
}
