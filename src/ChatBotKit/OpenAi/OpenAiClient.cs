namespace ChatBotKit;

/// <summary>Provides the part of the API that follows the OpenAI protocol.</summary>
public class OpenAiClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="OpenAiClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public OpenAiClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="OpenAiClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public OpenAiClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="OpenAiClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected OpenAiClient()
    {
    }

    /// <summary>Gets the chat endpoint.</summary>
    public virtual OpenAiChatClient Chat => field ??= new OpenAiChatClient(this);
}
