using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>An account that creates resources over HTTP.</summary>
internal sealed class ResourceWorld(HttpClient client, string accountId)
{
    private readonly Dictionary<string, string> _parents = [];
    private string? _user;

    public HttpClient Client => client;

    public string AccountId => accountId;

    /// <summary>Creates a resource with the required fields and the given ones.</summary>
    public async Task<string> CreateAsync(ResourceKind kind, JsonObject? fields = null)
    {
        var body = ResourceSamples.Required(kind);
        foreach (var (field, value) in fields ?? [])
            body[field] = value?.DeepClone();
        return ApiJson.Id(await PostAsync(kind, ResourceVerb.Create, id: null, body.ToJsonString()));
    }

    /// <summary>Creates a target for a reference; null when the server does not have its kind.</summary>
    public async Task<string?> CreateTargetAsync(ResourceReference reference, JsonObject? fields = null) =>
        ResourceServer.Kinds.SingleOrDefault(kind => kind.Name == reference.Target) is { } target ? await CreateAsync(target, fields) : null;

    public Task<JsonElement> FetchAsync(ResourceKind kind, string id) => GetAsync(kind, ResourceVerb.Fetch, id);

    public Task<JsonElement> UpdateAsync(ResourceKind kind, string id, JsonObject fields) =>
        PostAsync(kind, ResourceVerb.Update, id, fields.ToJsonString());

    public Task<JsonElement> ListAsync(ResourceKind kind, string query = "") => GetAsync(kind, ResourceVerb.List, id: null, query);

    public async Task<JsonElement> GetAsync(ResourceKind kind, ResourceVerb verb, string? id, string query = "") =>
        await client.ReadAsync(HttpMethod.Get, await PathAsync(kind, verb, id) + query);

    public async Task<JsonElement> PostAsync(ResourceKind kind, ResourceVerb verb, string? id, string body, string? key = null) =>
        await client.ReadAsync(HttpMethod.Post, await PathAsync(kind, verb, id), body, key);

    public async Task<HttpResponseMessage> SendAsync(
        ResourceKind kind, ResourceVerb verb, string? id, string? body = null, string? accept = null, string? key = null) =>
        await client.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, await PathAsync(kind, verb, id), body, accept, key);

    /// <summary>Returns the path below the prefix. A parent is created if the kind has one.</summary>
    public async Task<string> PathAsync(ResourceKind kind, ResourceVerb verb, string? id, string? parentId = null)
    {
        var path = ResourceServer.Operations.Find(kind, verb)!.Path.TrimStart('/');
        if (kind.Parent is not null)
            path = path.Replace($"{{{kind.ParentParameter}}}", parentId ?? await ParentAsync(kind), StringComparison.Ordinal);
        else if (kind.IsOfUser)
            path = path.Replace($"{{{kind.ParentParameter}}}", await UserAsync(), StringComparison.Ordinal);
        return id is null ? path : path[..path.IndexOf('{', StringComparison.Ordinal)] + Uri.EscapeDataString(id) + path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Returns the account that resources of the kind belong to.</summary>
    public async Task<string> AccountOfAsync(ResourceKind kind) => kind.IsOfUser ? await UserAsync() : accountId;

    /// <summary>Returns the user to whom resources of users belong.</summary>
    public async Task<string> UserAsync() =>
        _user ??= ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "partner/user/create", "{}"));

    /// <summary>Returns the parent of all resources of this kind that are created here.</summary>
    public async Task<string> ParentAsync(ResourceKind kind)
    {
        if (!_parents.TryGetValue(kind.Name, out var parentId))
            _parents[kind.Name] = parentId = await CreateAsync(ResourceServer.Kind(kind.Parent!));
        return parentId;
    }
}

internal static class ResourceOperationSearch
{
    /// <summary>Returns the operation of a verb; null when the kind has none.</summary>
    public static ResourceOperation? Find(this ResourceOperations operations, ResourceKind kind, ResourceVerb verb) =>
        operations.Of(kind, withExcepted: true).Find(found => found.Verb == verb);
}
