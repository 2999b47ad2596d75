namespace ChatBotKit.Server.Http;

/// <summary>The types of fields, in the words of the API.</summary>
internal static class WireTypes
{
    /// <summary>Returns the inner type of a nullable or optional type.</summary>
    public static Type Unwrap(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner.IsGenericType && inner.IsValueType && inner.Name.StartsWith("Optional`", StringComparison.Ordinal)
            ? Unwrap(inner.GetGenericArguments()[0])
            : inner;
    }

    /// <summary>Returns the words with which a fault says what a field of the type must be.</summary>
    public static string Expectation(Type type)
    {
        if (type == typeof(bool))
            return "must be true or false";
        if (type == typeof(string))
            return "must be a string";
        if (type == typeof(DateTimeOffset))
            return "must be a time in milliseconds";
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
            return "must be a number";
        return type == typeof(int) || type == typeof(long) ? "must be an integer" : "is not valid";
    }
}
