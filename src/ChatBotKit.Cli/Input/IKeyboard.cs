namespace ChatBotKit.Cli.Input;

/// <summary>Reads the keys that a user presses.</summary>
internal interface IKeyboard
{
    /// <summary>Gets whether a key was pressed that was not read yet.</summary>
    bool HasMore { get; }

    /// <summary>Waits for the next key, without echo.</summary>
    ConsoleKeyInfo Read();
}

/// <summary>The keyboard of this process.</summary>
internal sealed class ConsoleKeyboard : IKeyboard
{
    public bool HasMore => Console.KeyAvailable;

    public ConsoleKeyInfo Read() => Console.ReadKey(intercept: true);
}
