namespace ChatBotKit.AdminConsole.ToolServers;

/// <summary>A kind of integration that offers the abilities of a skillset to other programs.</summary>
public abstract class ToolServerKind
{
    /// <summary>The kinds.</summary>
    public static readonly IReadOnlyList<ToolServerKind> All = [new OfMcp(), new OfSkills()];

    /// <summary>Gets the name in paths, of the API and of the console.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the name for people.</summary>
    public abstract string Title { get; }

    /// <summary>Gets its use, as a sentence.</summary>
    public abstract string About { get; }

    /// <summary>Gets the client in C# that has its operations.</summary>
    public abstract string Client { get; }

    /// <summary>Returns the path at which callers reach an integration, below the address of the server.</summary>
    public abstract string PathOf(string id);

    /// <summary>Returns a command with which a caller can be tried.</summary>
    public abstract string ExampleOf(string address);

    internal abstract Task<IReadOnlyList<ToolServer>> ListAsync(ChatBotKitApi api, int most, CancellationToken token);

    internal abstract Task<ToolServer> FetchAsync(ChatBotKitApi api, string id, CancellationToken token);

    internal abstract Task<string> CreateAsync(ChatBotKitApi api, ToolServerFields fields, CancellationToken token);

    internal abstract Task UpdateAsync(ChatBotKitApi api, string id, ToolServerFields fields, CancellationToken token);

    internal abstract Task DeleteAsync(ChatBotKitApi api, string id, CancellationToken token);

    private sealed class OfMcp : ToolServerKind
    {
        public override string Name => "mcpserver";

        public override string Title => "MCP server";

        public override string About => "Programs that speak the Model Context Protocol, such as editors and assistants, call the abilities of a skillset.";

        public override string Client => "McpServer";

        public override string PathOf(string id) => $"/api/v1/integration/mcpserver/{id}/mcp";

        public override string ExampleOf(string address) =>
            $$$"""
            curl {{{address}}} \
              -H "Authorization: Bearer $ACCESS_TOKEN" \
              -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \
              -d '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'
            """;

        internal override async Task<IReadOnlyList<ToolServer>> ListAsync(ChatBotKitApi api, int most, CancellationToken token) =>
            [.. (await api.Integration.McpServer.ListAsync(new() { Take = most }, token)).Items.Select(Of)];

        internal override async Task<ToolServer> FetchAsync(ChatBotKitApi api, string id, CancellationToken token) =>
            Of(await api.Integration.McpServer.FetchAsync(id, token));

        internal override async Task<string> CreateAsync(ChatBotKitApi api, ToolServerFields fields, CancellationToken token) => (await api.Integration.McpServer.CreateAsync(
            new() { Name = fields.Name, Description = fields.Description, SkillsetId = fields.SkillsetId }, token)).Id;

        internal override Task UpdateAsync(ChatBotKitApi api, string id, ToolServerFields fields, CancellationToken token) => api.Integration.McpServer.UpdateAsync(
            id, new() { Name = Web.FormText.Given(fields.Name), Description = Web.FormText.Given(fields.Description), SkillsetId = Web.FormText.Given(fields.SkillsetId) }, token);

        internal override Task DeleteAsync(ChatBotKitApi api, string id, CancellationToken token) => api.Integration.McpServer.DeleteAsync(id, token);

        private static ToolServer Of(IntegrationMcpServerItem item) =>
            new(item.Id, new(item.Name, item.Description, item.SkillsetId), item.AccessToken, item.UpdatedAt);
    }

    private sealed class OfSkills : ToolServerKind
    {
        public override string Name => "skillserver";

        public override string Title => "Skill server";

        public override string About => "Programs call the abilities of a skillset over plain HTTP. A GET returns a manual that a language model can read.";

        public override string Client => "SkillServer";

        public override string PathOf(string id) => $"/api/v1/integration/skillserver/{id}/invoke";

        public override string ExampleOf(string address) =>
            $"""
            curl {address} \
              -H "Authorization: Bearer $ACCESS_TOKEN"
            """;

        internal override async Task<IReadOnlyList<ToolServer>> ListAsync(ChatBotKitApi api, int most, CancellationToken token) =>
            [.. (await api.Integration.SkillServer.ListAsync(new() { Take = most }, token)).Items.Select(Of)];

        internal override async Task<ToolServer> FetchAsync(ChatBotKitApi api, string id, CancellationToken token) =>
            Of(await api.Integration.SkillServer.FetchAsync(id, token));

        internal override async Task<string> CreateAsync(ChatBotKitApi api, ToolServerFields fields, CancellationToken token) => (await api.Integration.SkillServer.CreateAsync(
            new() { Name = fields.Name, Description = fields.Description, SkillsetId = fields.SkillsetId }, token)).Id;

        internal override Task UpdateAsync(ChatBotKitApi api, string id, ToolServerFields fields, CancellationToken token) => api.Integration.SkillServer.UpdateAsync(
            id, new() { Name = Web.FormText.Given(fields.Name), Description = Web.FormText.Given(fields.Description), SkillsetId = Web.FormText.Given(fields.SkillsetId) }, token);

        internal override Task DeleteAsync(ChatBotKitApi api, string id, CancellationToken token) => api.Integration.SkillServer.DeleteAsync(id, token);

        private static ToolServer Of(IntegrationSkillServerItem item) =>
            new(item.Id, new(item.Name, item.Description, item.SkillsetId), item.AccessToken, item.UpdatedAt);
    }
}
