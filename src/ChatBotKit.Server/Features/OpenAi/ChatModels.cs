using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>Finds what answers a request: a model, or a bot with its model.</summary>
internal sealed class ChatModels(ModelRegistry models, IStore store)
{
    private const string BotPrefix = "bot/id=";

    /// <summary>The forms of a model that the hosted service has, in addition to its plain name.</summary>
    private static readonly string[] ModelPrefixes = ["model/name=", "model/id="];

    /// <summary>Returns the name under which a bot can be asked.</summary>
    public static string NameOf(string botId) => BotPrefix + botId;

    /// <param name="name">The field <c>model</c> of the request.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ChatFault">404: there is no such model or bot; 400: the name can't be read.</exception>
    public async Task<ChatModel> FindAsync(string name, string accountId, CancellationToken cancellationToken)
    {
        if (!name.StartsWith(BotPrefix, StringComparison.Ordinal))
        {
            var prefix = Array.Find(ModelPrefixes, one => name.StartsWith(one, StringComparison.Ordinal)) ?? "";
            return new ChatModel(Resolve(name[prefix.Length..]), Persona.Empty, BotId: null);
        }

        var faults = new Faults();
        var bot = await store.QueryAsync(
            db => db.ResolveAsync(ConversationReferences.Bot, name[BotPrefix.Length..], accountId, faults), cancellationToken)
            ?? throw new ChatFault(ErrorCode.NotFound, "The model names a bot that does not exist.", OpenAiErrors.Model);
        var persona = Bot.From(bot).Persona;
        return new ChatModel(Resolve(persona.Model), persona, bot.Id);
    }

    private ResolvedModel Resolve(string? modelString)
    {
        try
        {
            var resolved = models.Resolve(modelString);
            // Clients of this protocol limit the messages themselves, so the default limit does not apply.
            return modelString?.Contains("interactionMaxMessages", StringComparison.Ordinal) == true
                ? resolved
                : resolved with { Model = resolved.Model with { InteractionMaxMessages = int.MaxValue } };
        }
        catch (UnknownModelException unknown)
        {
            throw new ChatFault(ErrorCode.NotFound, unknown.Message, OpenAiErrors.Model);
        }
        catch (ModelReferenceException wrong)
        {
            throw ChatFault.Bad(OpenAiErrors.Model, wrong.Message);
        }
    }
}

/// <param name="Model">The model.</param>
/// <param name="Persona">The settings of the bot; empty without one.</param>
/// <param name="BotId">The id of the bot; null for none.</param>
internal sealed record ChatModel(ResolvedModel Model, Persona Persona, string? BotId);
