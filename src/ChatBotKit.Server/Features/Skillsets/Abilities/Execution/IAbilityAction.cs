using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>Executes the actions of one family.</summary>
internal interface IAbilityAction
{
    /// <summary>The names of the actions, in lower case with dots, such as <c>echo</c> and <c>todo.manage</c>.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Returns the parameters of an action. Those that an instruction does not set are offered to the model.</summary>
    /// <param name="action">One of <see cref="Names"/>.</param>
    IReadOnlyList<AbilityField> FieldsOf(string action) => [];

    /// <summary>Executes an action. The executor ends it when it takes too long, and turns every exception into an error of the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The token that cancels the call at its time limit or with its run.</param>
    /// <returns>The result, or the reason why there is none.</returns>
    /// <exception cref="AbilityException">The action can't be executed; the message is for the model and the owner.</exception>
    Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken);
}

/// <summary>An action that offers several functions in the place of one, for example the tools of a remote server.</summary>
internal interface IAbilityFunctions : IAbilityAction
{
    /// <summary>
    /// Lists the functions of an ability. A call of one has its name in <see cref="AbilityCall.Function"/> and its arguments in
    /// <see cref="AbilityCall.Arguments"/>. A failure leaves out the functions of the ability, so that the run goes on without them.
    /// </summary>
    /// <param name="call">The ability, without arguments.</param>
    /// <param name="cancellationToken">The token that cancels the listing at its time limit or with its run.</param>
    Task<IReadOnlyList<AbilityFunction>> ListAsync(AbilityCall call, CancellationToken cancellationToken);
}

/// <summary>A function that an action offers.</summary>
/// <param name="Name">The name, from which that for the model is derived.</param>
/// <param name="Description">The description.</param>
/// <param name="Parameters">The JSON Schema of the parameters, of type object.</param>
internal sealed record AbilityFunction(string Name, string Description, System.Text.Json.JsonElement Parameters);
