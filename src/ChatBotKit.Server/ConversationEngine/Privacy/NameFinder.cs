using System.Text.Json;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Asks a model for the names of persons in texts. It costs a call per message, so it is done only where the operator names the model. A model
/// that fails or is late leaves the names where they are, which is logged.
/// </summary>
/// <param name="model">The model, which sees the names.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class NameFinder(ResolvedModel model, TimeProvider time, ILogger<NameFinder> logger)
{
    public const string Setting = "CHATBOTKIT_PRIVACY_NAMES_MODEL";

    /// <summary>How long a run waits for the names.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MaxCharacters = 8_000;
    private const int MaxAnswer = 8_000;
    private const int MaxNames = 200;
    private const int MaxName = 100;

    private const string Instruction =
        "List the names of persons in the text of the user, exactly as they are written there, each once. Answer with a JSON array of strings "
        + "and nothing else. Leave out names of companies, products and places, titles, and words in brackets. If there are no names, answer [].";

    /// <summary>Whether a model is configured.</summary>
    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Setting]);

    /// <exception cref="StartupException">The model is not served.</exception>
    public static NameFinder Create(IServiceProvider services)
    {
        try
        {
            var name = services.GetRequiredService<IConfiguration>()[Setting]!.Trim();
            var model = services.GetRequiredService<ModelRegistry>().Resolve(name);
            return model.Provider.FollowsInstructions
                ? new NameFinder(model, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<NameFinder>>())
                : throw new StartupException($"{Setting} names the built-in model, which finds no names. Name a language model.");
        }
        catch (ModelReferenceException exception)
        {
            throw new StartupException($"{Setting} can't be used: {exception.Message}", exception);
        }
    }

    /// <summary>Returns the first of the texts that together are within the limit of the model's request.</summary>
    public static IReadOnlyList<string> Limit(IEnumerable<string> texts)
    {
        var (taken, left) = (new List<string>(), MaxCharacters);
        foreach (var text in texts)
        {
            if (left == 0)
                break;
            var length = Math.Min(left, text.Length);
            if (length < text.Length && length > 0 && char.IsHighSurrogate(text[length - 1]))
                length--;
            taken.Add(text[..length]);
            left -= length;
        }

        return taken;
    }

    /// <summary>Returns the names; none when the run is aborted meanwhile.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<string> texts, UsageCounter usage, CancellationToken cancellationToken)
    {
        var text = string.Join("\n\n", texts);
        if (string.IsNullOrWhiteSpace(text))
            return [];
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Parse(await AskAsync(text, usage, either.Token));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The loop of the run reports the abortion.
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("Names were not replaced, because the model for them did not answer within {Seconds} seconds", Patience.TotalSeconds);
        }
        catch (Exception exception) when (exception is ModelProviderException or JsonException or InvalidOperationException)
        {
            // The answer may hold names, so only the kind of the failure is logged.
            logger.LogWarning("Names were not replaced, because the model for them failed with {Failure}", exception.GetType().Name);
        }

        return [];
    }

    private async Task<string> AskAsync(string text, UsageCounter usage, CancellationToken cancellationToken)
    {
        var request = new ModelRequest
        {
            Model = model.Model,
            Messages = [new ModelMessage(ModelRole.System, Instruction), new ModelMessage(ModelRole.User, text)],
        };
        var answer = await WholeAnswer.AskAsync(model, request, MaxAnswer, usage, cancellationToken);
        return answer.IsTooLong ? throw new JsonException("The answer is too long.") : answer.Text;
    }

    /// <summary>Reads the array in the answer. Models like to put words or a fence around it.</summary>
    private static List<string> Parse(string answer)
    {
        var (begin, end) = (answer.IndexOf('['), answer.LastIndexOf(']'));
        if (begin < 0 || end < begin)
            throw new JsonException("The answer has no array.");
        using var document = JsonDocument.Parse(answer.AsMemory(begin, end + 1 - begin));
        return
        [
            .. document.RootElement.EnumerateArray()
                .Where(name => name.ValueKind == JsonValueKind.String)
                .Select(name => name.GetString()!.Trim())
                .Where(name => name.Length is > 1 and <= MaxName)
                .Take(MaxNames),
        ];
    }
}
