namespace ChatBotKit.Server.Data;

/// <summary>A value that is bound to a parameter. Unlike with an <c>object</c>, a number needs no allocation.</summary>
internal readonly struct SqlValue
{
    private SqlValue(object? value) => Object = value;

    private SqlValue(long number, bool isBoolean = false) => (Number, IsNumber, IsBoolean) = (number, true, isBoolean);

    /// <summary>A string, a byte array or null.</summary>
    public object? Object { get; }

    public long Number { get; }

    public bool IsNumber { get; }

    /// <summary>Whether the number means true (1) or false (0). Databases with a boolean type need to know.</summary>
    public bool IsBoolean { get; }

    public static implicit operator SqlValue(string? value) => new(value);

    public static implicit operator SqlValue(byte[]? value) => new(value);

    public static implicit operator SqlValue(long value) => new(value);

    public static implicit operator SqlValue(long? value) => value is { } number ? new(number) : default;

    public static implicit operator SqlValue(bool value) => new(value ? 1L : 0, isBoolean: true);

    public static implicit operator SqlValue(bool? value) => value is { } flag ? flag : default(SqlValue);
}

internal static class SqlValues
{
    /// <summary>Copies the values into the span, which has room for exactly as many.</summary>
    public static void Fill(this Span<SqlValue> to, params ReadOnlySpan<SqlValue> values)
    {
        if (to.Length != values.Length)
            throw new ArgumentException($"A row has {values.Length} values and its table {to.Length} columns.", nameof(values));
        values.CopyTo(to);
    }
}
