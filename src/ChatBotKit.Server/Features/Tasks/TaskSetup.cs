using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Tasks.Actions;
using ChatBotKit.Server.Features.Tasks.Executions;

namespace ChatBotKit.Server.Features.Tasks;

internal static class TaskSetup
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddSingleton<TaskStarts>()
        .AddSingleton<TaskEnds>()
        .AddSingleton<TaskRuns>()
        .AddSingleton<TurnFollower>()
        .AddSingleton<TaskReports>()
        .AddSingleton<TaskTurns>()
        .AddSingleton<TaskReporter>()
        .AddSingleton<TaskExecutionReading>()
        .AddSingleton<TaskCommands>()
        .AddSingleton<TaskEdits>()
        .AddSingleton<IAbilityAction, TaskAction>()
        .AddDueWorkHandler<TaskScheduleWork>()
        .AddDueWorkHandler<TaskRunWork>()
        .AddDueWorkHandler<TaskAdoptionWork>();
}
