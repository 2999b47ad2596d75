using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>The functions of one call, and for each of them who calls it.</summary>
internal sealed class CallFunctions
{
    private readonly Dictionary<string, AIFunction> _byChannel = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leftToCaller = new(StringComparer.Ordinal);

    public CallFunctions(ChatOptions? options, ChatBotKitChatClientOptions client)
    {
        // Tools of other kinds, such as a search that a provider hosts, mean nothing to this API.
        if (options?.Tools is not { Count: > 0 } tools || options.ToolMode is NoneChatToolMode)
            return;
        var definitions = tools.OfType<AIFunctionDeclaration>()
            .Select(tool => Define(tool, client.FunctionAnswers == FunctionAnswers.DuringRun))
            .ToList();
        Definitions = definitions.Count > 0 ? definitions : null;
    }

    /// <summary>What the API is told of; null when there is nothing to tell.</summary>
    public IReadOnlyList<FunctionDefinition>? Definitions { get; }

    public bool IsLeftToCaller(string name) => _leftToCaller.Contains(name);

    public AIFunction? FindByChannel(string channel) => _byChannel.GetValueOrDefault(channel);

    private FunctionDefinition Define(AIFunctionDeclaration tool, bool duringRun)
    {
        string? channel = null;
        if (duringRun && tool is AIFunction function && tool.GetService<ApprovalRequiredAIFunction>() is null)
        {
            channel = "function-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
            _byChannel.Add(channel, function);
        }
        else
        {
            _leftToCaller.Add(tool.Name);
        }

        return new FunctionDefinition
        {
            Name = tool.Name,
            // The API wants a description; a name is better than none.
            Description = string.IsNullOrWhiteSpace(tool.Description) ? tool.Name : tool.Description,
            Parameters = JsonObject.Create(tool.JsonSchema) ?? [],
            Result = channel is null ? null : new FunctionResult { Channel = channel },
        };
    }
}
