namespace ChatBotKit.Testing;

/// <summary>Creates clients whose requests are sent to a handler of the test in place of a server.</summary>
public static class ScriptedClient
{
    /// <summary>Gets the address of the requests. No server listens there.</summary>
    public static Uri Address { get; } = new("http://chatbotkit.test");

    /// <summary>Creates options that send requests to a handler and do not wait between tries.</summary>
    /// <param name="handler">A <see cref="ScriptedApi"/>, a <see cref="ScriptedHandler"/>, or a handler of your own.</param>
    /// <returns>The options. Use <c>with</c> to create a variation.</returns>
    public static ChatBotKitClientOptions CreateOptions(this HttpMessageHandler handler) => new()
    {
        Secret = "sk-test",
        BaseUrl = Address,
        HttpClient = new HttpClient(handler),
        RetryDelay = TimeSpan.Zero,
    };

    /// <summary>Creates a client of the whole API that sends its requests to a handler.</summary>
    /// <param name="handler">A <see cref="ScriptedApi"/>, a <see cref="ScriptedHandler"/>, or a handler of your own.</param>
    /// <returns>The client.</returns>
    public static ChatBotKitApi CreateClient(this HttpMessageHandler handler) => new(handler.CreateOptions());
}
