using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>The entities of a message, in the form in which they are stored.</summary>
internal static class MessageEntities
{
    /// <summary>The maximum number of entities that the server adds to a message. The model gets placeholders for all data.</summary>
    public const int MaxFound = 1_000;

    private const string UnknownType = "data";

    private static readonly JsonTypeInfo<IReadOnlyList<Entity>> Type =
        (JsonTypeInfo<IReadOnlyList<Entity>>)ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(IReadOnlyList<Entity>));

    /// <summary>Returns entities as JSON text; null for none.</summary>
    public static string? ToJson(IReadOnlyList<Entity>? entities) =>
        entities is { Count: > 0 } ? JsonSerializer.Serialize(entities, Type) : null;

    /// <summary>Reads stored entities.</summary>
    public static IReadOnlyList<Entity> Parse(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, Type) ?? [];

    /// <summary>Returns the place of an entity in its text; null when it is none of the text.</summary>
    public static PersonalData? PlaceIn(string text, Entity entity) =>
        entity.Begin >= 0 && entity.Begin < entity.End && entity.End <= text.Length
            ? new PersonalData(entity.Begin, entity.End, entity.Type is { Length: > 0 } type ? type : UnknownType)
            : null;

    /// <summary>Returns the entities of a text whose data is replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">The data, in its order and without overlaps.</param>
    /// <param name="placeholderOf">Returns the placeholder of a piece of data.</param>
    public static string? Of(string text, IReadOnlyList<PersonalData> found, Func<string, PersonalData, string> placeholderOf)
    {
        var entities = new List<Entity>(Math.Min(found.Count, MaxFound));
        var shift = 0;
        foreach (var one in found.Take(MaxFound))
        {
            var placeholder = placeholderOf(text, one);
            var begin = one.Begin + shift;
            entities.Add(new Entity
            {
                Type = one.Type,
                Begin = one.Begin,
                End = one.End,
                Text = text[one.Begin..one.End],
                Replacement = new EntityReplacement { Begin = begin, End = begin + placeholder.Length, Text = placeholder },
            });
            shift += placeholder.Length - one.Length;
        }

        return ToJson(entities);
    }
}
