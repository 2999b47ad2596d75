using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>
/// Provides the JSON options for the records of this library: one set for clients and one for servers. Both are source
/// generated and use no reflection, so they work in trimmed programs and with native AOT compilation.
/// </summary>
public static class ChatBotKitJson
{
    /// <summary>
    /// Gets the options for clients, which must work with older and newer servers: required fields may be missing, unknown
    /// fields are kept or ignored, and null is never written.
    /// </summary>
    public static JsonSerializerOptions ClientOptions { get; } = CreateClientOptions();

    /// <summary>
    /// Gets the options for servers. A missing required field, an unknown field, and a null where none is allowed throw a
    /// <see cref="JsonException"/>. Numbers may be strings. Fields that are not set are written as null.
    /// </summary>
    public static JsonSerializerOptions ServerOptions { get; } = CreateServerOptions();

    private static JsonSerializerOptions CreateClientOptions()
    {
        var options = CreateOptions(CreateResolver().WithAddedModifier(DropRequirements));
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateServerOptions()
    {
        var options = CreateOptions(CreateResolver());
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateOptions(IJsonTypeInfoResolver resolver) => new()
    {
        TypeInfoResolver = resolver,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        // The bodies are never embedded in HTML, and escapes would triple the size of text in most alphabets.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new MillisecondsConverter(), new OptionalConverterFactory() },
    };

    private static IJsonTypeInfoResolver CreateResolver() => JsonTypeInfoResolver.Combine(
        SharedJsonContext.Default,
        RunsJsonContext.Default,
        ConversationsJsonContext.Default,
        MessagesJsonContext.Default,
        SessionsJsonContext.Default,
        ServerJsonContext.Default,
        AttachmentsJsonContext.Default,
        ConversationContactsJsonContext.Default,
        ChannelsJsonContext.Default,
        ModelsJsonContext.Default,
        IntegrationsJsonContext.Default,
        BlueprintsJsonContext.Default,
        ContactsJsonContext.Default,
        PlatformJsonContext.Default,
        PartnersJsonContext.Default,
        PoliciesJsonContext.Default,
        PortalsJsonContext.Default,
        EventsJsonContext.Default,
        UsageJsonContext.Default,
        MagicJsonContext.Default,
        GraphQlJsonContext.Default,
        TeamsJsonContext.Default,
        BotsJsonContext.Default,
        DatasetsJsonContext.Default,
        SkillsetsJsonContext.Default,
        SecretsJsonContext.Default,
        FilesJsonContext.Default,
        MemoriesJsonContext.Default,
        SpacesJsonContext.Default,
        TasksJsonContext.Default)
        .WithAddedModifier(LeaveOutAbsentValues);

    private static void LeaveOutAbsentValues(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (typeof(IOptional).IsAssignableFrom(property.PropertyType))
                property.ShouldSerialize = static (_, value) => value is IOptional { IsSpecified: true };
        }
    }

    private static void DropRequirements(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            property.IsRequired = false;
    }
}
