using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Automations;

/// <summary>A kind of integration that works by itself, and can be run at once.</summary>
/// <param name="Name">The name in paths, of the API and of the console.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Plural">The name of several, for people.</param>
/// <param name="About">Its use, as sentences.</param>
/// <param name="Client">The client in C# that has its operations.</param>
public abstract record AutomationKind(string Name, string Title, string Plural, string About, string Client)
{
    /// <summary>Gets the name for people within a sentence.</summary>
    public string Word => char.ToLowerInvariant(Title[0]) + Title[1..];

    /// <summary>Gets the settings in the order of the form.</summary>
    public required IReadOnlyList<AutomationField> Fields { get; init; }

    /// <summary>Gets the operation that runs it, which is the end of its path.</summary>
    public required string RunOperation { get; init; }

    /// <summary>Gets the sentence that describes a run.</summary>
    public required string RunAbout { get; init; }

    /// <summary>Gets the end of the path at which programs reach it; null when none does.</summary>
    public string? AddressOperation { get; init; }

    /// <summary>Gets the title of its results; null when it has none that can be read.</summary>
    public string? ResultsTitle { get; init; }

    internal abstract Task<IReadOnlyList<Automation>> ListAsync(ChatBotKitApi api, int most, CancellationToken token);

    internal abstract Task<Automation> FetchAsync(ChatBotKitApi api, string id, CancellationToken token);

    internal abstract Task<string> CreateAsync(ChatBotKitApi api, AutomationFields fields, CancellationToken token);

    internal abstract Task UpdateAsync(ChatBotKitApi api, string id, AutomationFields fields, CancellationToken token);

    internal abstract Task DeleteAsync(ChatBotKitApi api, string id, CancellationToken token);

    internal abstract Task RunAsync(ChatBotKitApi api, string id, CancellationToken token);

    internal abstract Task<IReadOnlyList<AutomationResult>> ResultsAsync(ChatBotKitApi api, string id, CancellationToken token);
}

/// <summary>A kind with the types of its records.</summary>
internal sealed record AutomationKind<TItem, TCreate, TUpdate>(string Name, string Title, string Plural, string About, string Client)
    : AutomationKind(Name, Title, Plural, About, Client)
    where TItem : IntegrationItem
    where TCreate : IntegrationCreateRequest
    where TUpdate : IntegrationUpdateRequest
{
    public required Func<ChatBotKitApi, IntegrationKindClient<TItem, TCreate, TUpdate>> ClientOf { get; init; }

    public required Func<ChatBotKitApi, string, CancellationToken, Task> Run { get; init; }

    public Func<TItem, IReadOnlyList<AutomationFact>> Facts { get; init; } = static _ => [];

    public Func<TItem, string?> SecretOf { get; init; } = static _ => null;

    public Func<ChatBotKitApi, string, CancellationToken, Task<IReadOnlyList<AutomationResult>>> Results { get; init; } =
        static (_, _, _) => Task.FromResult<IReadOnlyList<AutomationResult>>([]);

    internal override async Task<IReadOnlyList<Automation>> ListAsync(ChatBotKitApi api, int most, CancellationToken token) =>
        [.. (await ClientOf(api).ListAsync(new() { Take = most }, token)).Items.Select(Of)];

    internal override async Task<Automation> FetchAsync(ChatBotKitApi api, string id, CancellationToken token) => Of(await ClientOf(api).FetchAsync(id, token));

    internal override async Task<string> CreateAsync(ChatBotKitApi api, AutomationFields fields, CancellationToken token)
    {
        // The server fills an empty field with its default.
        var given = fields.ToJson(this).Where(static field => field.Value is not null).Select(static field => KeyValuePair.Create(field.Key, field.Value!.DeepClone()));
        return (await ClientOf(api).CreateAsync(Read<TCreate>(new JsonObject(given!)), token)).Id;
    }

    internal override Task UpdateAsync(ChatBotKitApi api, string id, AutomationFields fields, CancellationToken token) =>
        ClientOf(api).UpdateAsync(id, Read<TUpdate>(fields.ToJson(this)), token);

    internal override Task DeleteAsync(ChatBotKitApi api, string id, CancellationToken token) => ClientOf(api).DeleteAsync(id, token);

    internal override Task RunAsync(ChatBotKitApi api, string id, CancellationToken token) => Run(api, id, token);

    internal override Task<IReadOnlyList<AutomationResult>> ResultsAsync(ChatBotKitApi api, string id, CancellationToken token) => Results(api, id, token);

    private Automation Of(TItem item) => new(
        item.Id, item.Name.Or(item.Id), AutomationFields.Of(this, JsonSerializer.SerializeToNode(item, TypeOf<TItem>())!.AsObject()), Facts(item), item.UpdatedAt)
    {
        Secret = SecretOf(item),
    };

    private static T Read<T>(JsonObject fields)
    {
        try
        {
            return fields.Deserialize(TypeOf<T>())!;
        }
        catch (JsonException)
        {
            throw new PageRefusedException(400, "A field has a value that it does not take.");
        }
    }

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T));
}
