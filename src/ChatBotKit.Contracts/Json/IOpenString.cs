namespace ChatBotKit;

/// <summary>A string on the wire with known values. Unknown values are kept unchanged.</summary>
internal interface IOpenString<TSelf>
    where TSelf : struct, IOpenString<TSelf>
{
    static abstract ReadOnlySpan<TSelf> Known { get; }

    string Value { get; }

    static abstract TSelf FromValue(string value);
}
