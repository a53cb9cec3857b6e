package org.chancery.ca.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the statements of a connection when they are closed, and lends them again: SQLite takes longer to compile
/// most of ours than to run them. One that is in use is not lent a second time; another is made.
///
/// Their parameters stay as they were, for whoever is lent one sets them all: clearing them makes SQLite compile the
/// statement again.
///
/// As little safe for several threads at once as the connection itself.
final class KeptStatements {
    private final Connection connection;
    private final Map<String, Deque<PreparedStatement>> idle = new HashMap<>();

    private KeptStatements(Connection connection) {
        this.connection = connection;
    }

    /// The same connection; what [Connection#prepareStatement(String)] gives is kept.
    static Connection of(Connection connection) {
        KeptStatements kept = new KeptStatements(connection);
        return proxy(Connection.class, kept::onConnection);
    }

    private @Nullable Object onConnection(Method method, Object @Nullable [] arguments) throws Throwable {
        boolean prepares = method.getName().equals("prepareStatement") && method.getParameterCount() == 1;
        return prepares && arguments != null && arguments[0] instanceof String sql
                ? lent(sql)
                : call(connection, method, arguments);
    }

    private PreparedStatement lent(String sql) throws Throwable {
        Deque<PreparedStatement> same = idle.computeIfAbsent(sql, _ -> new ArrayDeque<>());
        PreparedStatement statement = same.isEmpty() ? connection.prepareStatement(sql) : same.pop();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (!method.getName().equals("close")) {
                return call(statement, method, arguments);
            }
            same.push(statement);
            return null;
        });
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    @FunctionalInterface
    private interface Answer {
        @Nullable
        Object to(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                KeptStatements.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> answer.to(method, arguments)));
    }
}
