namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>The tools of a request under the names that were sent.</summary>
internal sealed class OfferedTools(ModelRequest request, ToolNames names)
{
    public bool Have(string name) => request.Tools.Any(tool => names.Sent(tool.Name) == name);

    public bool HaveNameThatBegins(string start) =>
        request.Tools.Any(tool => names.Sent(tool.Name).StartsWith(start, StringComparison.Ordinal));
}
