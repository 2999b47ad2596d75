namespace ChatBotKit.Testing;

/// <summary>Clients whose requests go to a handler of the test instead of a server.</summary>
public static class ScriptedClient
{
    /// <summary>Gets the address that the requests carry; nothing listens there.</summary>
    public static Uri Address { get; } = new("http://chatbotkit.test");

    /// <summary>Creates options with a handler in the place of the network and no waits between tries.</summary>
    /// <param name="handler">A <see cref="ScriptedApi"/>, a <see cref="ScriptedHandler"/> or one of your own.</param>
    /// <returns>The options; use <c>with</c> for a variation.</returns>
    public static ChatBotKitClientOptions CreateOptions(this HttpMessageHandler handler) => new()
    {
        Secret = "sk-test",
        BaseUrl = Address,
        HttpClient = new HttpClient(handler),
        RetryDelay = TimeSpan.Zero,
    };

    /// <summary>Creates a client of the whole API with a handler in the place of the network.</summary>
    /// <param name="handler">A <see cref="ScriptedApi"/>, a <see cref="ScriptedHandler"/> or one of your own.</param>
    /// <returns>The client.</returns>
    public static ChatBotKitApi CreateClient(this HttpMessageHandler handler) => new(handler.CreateOptions());
}
