namespace ChatBotKit;

/// <summary>A wire value that is a string with known values, where unknown ones are carried through unchanged.</summary>
internal interface IOpenString<TSelf>
    where TSelf : struct, IOpenString<TSelf>
{
    static abstract ReadOnlySpan<TSelf> Known { get; }

    string Value { get; }

    static abstract TSelf FromValue(string value);
}
