"""Projects, their tasks and the time spent on them."""

from __future__ import annotations

from zbdesk.domain.catalogue import fields
from zbdesk.domain.catalogue.words import ALL_METHODS, EVERYTHING, activation, choices, filtered, statuses, words
from zbdesk.domain.module import Feed, Module, ModuleAction, Section

PROJECTS = Module(
    name="projects",
    label="Projects",
    singular="Project",
    section=Section.PROJECTS,
    path="/projects",
    list_keys=("projects",),
    detail_keys=("project",),
    id_field="project_id",
    number_fields=("project_name",),
    scope="projects",
    party_field="customer_name",
    party_id_field="customer_id",
    currency_field=None,
    reference_field="billing_type",
    modified_field=None,
    list_params=EVERYTHING,
    sorts=words("project_name customer_name rate created_time"),
    newest_sort="created_time",
    filters=words("filter_by customer_id"),
    filter_by=statuses("All Active Inactive"),
    references=(("customer_id", "contacts"), ("user_id", "users"), ("currency_id", "currencies")),
    write_fields=fields.PROJECTS,
    required=words("project_name customer_id billing_type user_id"),
    methods=ALL_METHODS,
    actions=(*activation(), ModuleAction("clone", "clone")),
    unique_key=True,
    by_default=False,
)

TASKS = Module(
    name="tasks",
    label="Tasks",
    singular="Task",
    section=Section.PROJECTS,
    path="/projects/{parent_id}/tasks",
    list_keys=("tasks", "task"),
    detail_keys=("task",),
    id_field="task_id",
    number_fields=("task_name",),
    scope="projects",
    feed=Feed.NESTED,
    party_field="customer_name",
    party_id_field="customer_id",
    status_field=None,
    currency_field=None,
    reference_field="project_name",
    modified_field=None,
    parent="projects",
    references=(("project_id", "projects"),),
    write_fields=fields.TASKS,
    required=("task_name",),
    methods=ALL_METHODS,
    by_default=False,
)

TIME_ENTRIES = Module(
    name="time_entries",
    label="Time entries",
    singular="Time entry",
    section=Section.PROJECTS,
    path="/projects/timeentries",
    list_keys=("time_entries",),
    detail_keys=("time_entry",),
    id_field="time_entry_id",
    number_fields=("task_name", "project_name"),
    scope="projects",
    date_field="log_date",
    party_field="customer_name",
    party_id_field="customer_id",
    status_field="billed_status",
    currency_field=None,
    total_field="cost_amount",
    reference_field="project_name",
    modified_field=None,
    list_params=filtered("Date.All"),
    sorts=words("project_name task_name user_name log_date timer_started_at customer_name"),
    newest_sort="log_date",
    filters=words("from_date to_date filter_by project_id user_id"),
    filter_by=(
        *choices(
            "Date",
            "All Today ThisWeek ThisMonth ThisQuarter ThisYear PreviousDay PreviousWeek PreviousMonth "
            "PreviousQuarter PreviousYear CustomDate",
        ),
        *statuses("Unbilled Invoiced"),
    ),
    references=(("project_id", "projects"), ("task_id", "tasks"), ("user_id", "users")),
    write_fields=fields.TIME_ENTRIES,
    required=words("project_id task_id user_id log_date"),
    methods=ALL_METHODS,
    actions=(
        ModuleAction("timer_start", "timer/start"),
        ModuleAction("timer_stop", "timer/stop", collection=True),
    ),
    by_default=False,
)

DECLARATIONS = (PROJECTS, TASKS, TIME_ENTRIES)
