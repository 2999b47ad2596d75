using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Writing;

/// <summary>Asks a language model on behalf of abilities.</summary>
internal sealed class AbilityModel(ModelRegistry models, PersonalDataFinder personalData)
{
    private const int MaxCharacters = 200_000;

    /// <summary>Whether the default model is a language model, and not the built-in one, which only quotes.</summary>
    public bool IsAvailable => models.Resolve(null).Provider.FollowsInstructions;

    /// <summary>Asks the default model, or the given one, and returns its whole answer.</summary>
    /// <param name="instruction">What the model is to do.</param>
    /// <param name="text">The text with which it does it.</param>
    /// <param name="scope">The run on whose behalf the model is asked; null for none.</param>
    /// <param name="usage">The tokens of the call, to which this method adds.</param>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <param name="model">The model string; null for the default model.</param>
    /// <exception cref="AbilityException">There is no language model, or its answer is too long.</exception>
    /// <exception cref="ModelProviderException">The provider failed.</exception>
    public async Task<string> AskAsync(string instruction, string text, FunctionScope? scope, UsageCounter usage, CancellationToken cancellationToken, string? model = null)
    {
        var resolved = models.Resolve(model);
        if (!resolved.Provider.FollowsInstructions)
            throw new AbilityException("This needs a language model, and the server has none.");
        if (scope is { IsPrivate: true })
            resolved = new RunPrivacy(personalData).Guard(resolved);
        var request = new ModelRequest
        {
            Model = resolved.Model,
            Messages = [new ModelMessage(ModelRole.System, instruction), new ModelMessage(ModelRole.User, text)],
        };
        var answer = await WholeAnswer.AskAsync(resolved, request, MaxCharacters, usage, cancellationToken);
        return answer.IsTooLong ? throw new AbilityException("The answer of the model is too long.") : answer.Text;
    }
}
