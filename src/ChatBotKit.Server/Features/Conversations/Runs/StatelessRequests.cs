using System.Collections.Frozen;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations.Attachments;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Checks requests that contain their messages and settings.</summary>
internal sealed class StatelessRequests(ModelRegistry models, ContactStore contacts, RunAttachments files, IStore store, EngineServices engine)
{
    public async Task<StatelessRequest> ReadAsync(
        ConversationRunRequest request, string kind, Caller caller, HttpContext context)
    {
        var faults = new Faults();
        var input = RunInputs.Shared(request.Functions, request.Extensions, request.Limits, kind, caller, context, faults);
        var contact = await ContactValuesAsync(request.ContactId, caller, faults, context.RequestAborted);
        var (persona, botId) = await PersonaAsync(request, caller, faults, context.RequestAborted);
        faults.CheckText(request.Backstory, "backstory", FieldRules.MaxBackstoryBytes);
        var transcript = TranscriptOf(request.Messages, faults);
        faults.ThrowIfAny();
        (await engine.FindRefusalAsync(caller.AccountId, botId, persona)).ThrowIfRefused();
        var model = models.Resolve(persona.Model);
        // Files are fetched last, so that a request that is refused anyway fetches nothing.
        var attachments = await files.ReadAsync(request.Attachments, faults, context.RequestAborted);
        faults.ThrowIfAny();
        input = input with
        {
            BotId = botId,
            ContactId = input.ContactId ?? (request.ContactId is { Details: null } known ? known.Id : null),
            PlaceholderValues = contact,
            Attachments = attachments.Contents,
        };
        input = await engine.Placeholders.FillAsync(input, new PlaceholderSubjects(), persona, transcript);
        return new StatelessRequest(input, persona, model, transcript, attachments.Told);
    }

    public async Task<(ResolvedModel Model, RunPrivacy? Privacy, List<TranscriptMessage> Transcript)> ReadForCompactionAsync(
        ConversationCompactRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var (persona, _) = await PersonaAsync(request, caller, faults, cancellationToken);
        ExtensionRules.Read(request.Extensions, faults);
        var transcript = TranscriptOf(request.Messages, faults);
        faults.ThrowIfAny();
        return (models.Resolve(persona.Model), RunPrivacy.For(engine, persona), transcript);
    }

    /// <summary>Returns the settings of the request, completed by those of its bot, and the id of the bot.</summary>
    private async Task<(Persona Persona, string? BotId)> PersonaAsync(BotSettings settings, Caller caller, Faults faults, CancellationToken cancellationToken)
    {
        var own = new Persona(settings.Model, settings.Backstory) { Privacy = settings.Privacy, Moderation = settings.Moderation };
        if (settings.BotId is null && settings.DatasetId is null && settings.SkillsetId is null)
            return (own, null);
        return await store.QueryAsync(
            async db =>
            {
                var bot = await db.ResolveAsync(ConversationReferences.Bot, settings.BotId, caller.AccountId, faults);
                own = own with
                {
                    DatasetId = await IdOfAsync(db, ConversationReferences.Dataset, settings.DatasetId, caller, faults),
                    SkillsetId = await IdOfAsync(db, ConversationReferences.Skillset, settings.SkillsetId, caller, faults),
                };
                return (own.Over(bot is null ? Persona.Empty : Bot.From(bot).Persona), bot?.Id);
            },
            cancellationToken);
    }

    private static async ValueTask<string?> IdOfAsync(
        ISqlSession db, ResourceReference reference, string? given, Caller caller, Faults faults) =>
        given == Persona.NoReference ? given : (await db.ResolveAsync(reference, given, caller.AccountId, faults))?.Id;

    private static List<TranscriptMessage> TranscriptOf(IReadOnlyList<ConversationMessage> messages, Faults faults)
    {
        if (messages.Count == 0)
            faults.Add("\"messages\" must hold at least one message");
        for (var i = 0; i < messages.Count && !faults.IsFull; i++)
            CheckMessage(messages[i], i, faults);
        // If all messages have times, they are sorted by them, like the official server does.
        var ordered = messages.All(message => message.CreatedAt is not null)
            ? messages.OrderBy(message => message.CreatedAt).ThenBy(message => message.Id, StringComparer.Ordinal)
            : messages.AsEnumerable();
        return [.. ordered.Select(message => TranscriptMessage.From(message.Type.Value, message.Text, message.Meta?.ToJsonString()))];
    }

    private static void CheckMessage(ConversationMessage message, int index, Faults faults)
    {
        // Most messages have nothing to refuse. The names of their fields are not made, because a request can have many messages.
        if (message.Meta is null && MessageTypes.IsKnown(message.Type))
            return;
        faults.CheckType(message.Type, $"messages[{index}].type");
        faults.CheckJson(message.Meta, $"messages[{index}].meta", MessageRules.MaxMetaBytesOf(message.Type));
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> ContactValuesAsync(
        ContactReference? reference, Caller caller, Faults faults, CancellationToken cancellationToken)
    {
        if (reference is null)
            return FrozenDictionary<string, string>.Empty;
        if (reference.Details is { } details)
            return ContactPlaceholders.Of(details.Name, details.Email, details.Phone, details.Nick);
        if (await contacts.FindAsync(reference.Id, caller.AccountId, cancellationToken) is { } contact)
            return ContactPlaceholders.Of(contact);
        if (!string.IsNullOrWhiteSpace(reference.Id))
            faults.Add(ContactStore.Unknown);
        return FrozenDictionary<string, string>.Empty;
    }
}
