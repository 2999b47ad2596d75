namespace ChatBotKit;

/// <summary>The part of the API that speaks the protocol of OpenAI.</summary>
public class OpenAiClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public OpenAiClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public OpenAiClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected OpenAiClient()
    {
    }

    /// <summary>Gets the chat endpoint.</summary>
    public virtual OpenAiChatClient Chat => field ??= new OpenAiChatClient(this);
}
