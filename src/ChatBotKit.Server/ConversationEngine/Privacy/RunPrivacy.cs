using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Keeps personal data from the models of one run. Texts are stored and shown as they are; only what a provider gets has placeholders. A run
/// without privacy has no such object. Not thread-safe.
/// </summary>
internal sealed class RunPrivacy
{
    private readonly Pseudonyms _pseudonyms = new();
    private readonly TextRedactor _texts;
    private readonly RequestRedactor _requests;
    private readonly NameFinder? _names;
    private readonly Lock _gate = new();

    /// <param name="finder">Finds data that has a form.</param>
    /// <param name="names">Finds names; null when no model is configured for it.</param>
    public RunPrivacy(PersonalDataFinder finder, NameFinder? names = null)
    {
        _texts = new TextRedactor(finder, _pseudonyms);
        _requests = new RequestRedactor(_texts, _pseudonyms);
        _names = names;
    }

    /// <summary>The tokens of the model that finds names.</summary>
    public UsageCounter Usage { get; } = new();

    /// <summary>Returns the object for a run; null when neither its settings nor the run that started it want privacy.</summary>
    public static RunPrivacy? For(EngineServices services, Persona persona, RunInput? input = null) =>
        persona.Privacy == true || input?.IsPrivate == true ? new RunPrivacy(services.PersonalData, services.Names) : null;

    /// <summary>Takes over the data and the placeholders of messages that were marked when they were stored.</summary>
    public void Learn(IReadOnlyList<TranscriptMessage> transcript)
    {
        foreach (var message in transcript)
            Learn(message.Text, message.Entities);
    }

    /// <summary>Numbers the data of messages that were not marked, in their order.</summary>
    public void Read(IReadOnlyList<TranscriptMessage> transcript)
    {
        foreach (var message in transcript)
        {
            if (message.Type is TranscriptMessage.User or TranscriptMessage.Bot)
                _texts.Read(message.Text);
        }
    }

    /// <summary>Learns the names of the contact that the backstory mentions.</summary>
    public void Learn(IReadOnlyDictionary<string, string> placeholderValues)
    {
        foreach (var key in ContactPlaceholders.Names)
        {
            if (placeholderValues.TryGetValue(key, out var name) && name.Length > 1)
                _texts.Learn(name, new PersonalData(0, name.Length, PersonalDataTypes.Name));
        }
    }

    /// <summary>
    /// Finds the names in texts of the user, if a model is configured for it. The model gets the texts without other data, newest first, up
    /// to a limit.
    /// </summary>
    public async Task FindNamesAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        if (_names is null)
            return;
        var asked = NameFinder.Limit(texts);
        foreach (var name in await _names.FindAsync([.. asked.Select(Redact)], Usage, cancellationToken))
        {
            foreach (var text in asked)
            {
                if (text.IndexOf(name, StringComparison.Ordinal) is >= 0 and var begin)
                    _texts.Learn(text, new PersonalData(begin, begin + name.Length, PersonalDataTypes.Name));
            }
        }
    }

    /// <summary>Returns the entities of a new message as JSON text: those that its sender gave, and those that are found; null for none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="given">The entities that its sender gave, as JSON text; null for none.</param>
    public string? Mark(string text, string? given = null)
    {
        Learn(text, given);
        return MessageEntities.Of(text, _texts.Find(text), _texts.PlaceholderOf);
    }

    /// <summary>Returns a single text with placeholders. It can be called while functions of the run are executed concurrently.</summary>
    public string Redact(string text)
    {
        lock (_gate)
            return _texts.Redact(text);
    }

    /// <summary>Returns a model that gets placeholders. The built-in model is part of this process, so it gets the data.</summary>
    public ResolvedModel Guard(ResolvedModel model) =>
        model.Provider is ExtractiveProvider ? model : model with { Provider = new PrivateProvider(model.Provider, _requests, _pseudonyms) };

    private void Learn(string text, string? entities)
    {
        foreach (var entity in MessageEntities.Parse(entities))
        {
            if (MessageEntities.PlaceIn(text, entity) is not { } place)
                continue;
            if (entity.Replacement?.Text is { } placeholder)
                _pseudonyms.Adopt(placeholder, text[place.Begin..place.End]);
            _texts.Learn(text, place);
        }
    }
}
