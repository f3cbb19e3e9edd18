"""What zwsnb promises, each with the tests that hold it in `make test`; soaks have the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Promise:
    """A row of docs/reliability.md. tests: `file::function` below tests/."""

    name: str
    words: str
    tests: tuple[str, ...]


PROMISES: Final = (
    Promise(
        "R1",
        "What is published on the line after `%load_ext zwsnb` is there; a million points in one "
        "burst from four threads and four processes come whole: none lost, none twice, in order.",
        (
            "browser/test_jupyterlab.py::test_the_first_publish_right_after_loading_arrives",
            "unit/producer/test_publisher.py::test_eight_threads_and_a_taker_lose_nothing_and_tear_no_pair",
            "sockets/test_children.py::test_a_forked_child_delivers_and_may_end_in_any_way",
        ),
    ),
    Promise(
        "R2",
        "`publish` does not wait for the network and never raises for it, though the hub stands "
        "still for 5 s, with viewers or without; memory is bounded, and what had to be dropped is "
        "counted and shown.",
        (
            "sockets/test_service.py::test_a_hub_that_is_held_up_costs_publish_nothing_and_loses_nothing",
            "unit/producer/test_queue.py::test_a_full_publisher_drops_the_oldest_and_says_how_many",
            "browser/test_status.py::test_what_is_lost_is_counted_and_explained",
        ),
    ),
    Promise(
        "R3",
        "A viewer that stands still delays no other, takes little memory, and is live within a "
        "second when it goes on.",
        (
            "sockets/test_page_client.py::test_a_page_that_never_acks_holds_up_nobody",
            "sockets/test_websocket.py::test_a_peer_that_reads_nothing_is_dropped_and_delays_nobody",
        ),
    ),
    Promise(
        "R4",
        "A plot that is scrolled out of sight is sent nothing, takes no memory meanwhile, and is "
        "live within a second after scrolling back.",
        (
            "browser/test_out_of_sight.py::test_a_plot_out_of_sight_is_sent_nothing_and_is_live_when_it_is_back",
        ),
    ),
    Promise(
        "R5",
        "Producers that are killed in mid-burst leave nothing in the relay: no descriptor, no "
        "memory; those that come after them are served.",
        ("sockets/test_killed.py::test_killed_producers_leave_nothing_and_the_next_one_is_served",),
    ),
    Promise(
        "R6",
        "Restarts, reloads and interrupts at any moment leave no thread, descriptor, port or "
        "process; the page says so within 3 s; the end of a kernel takes hardly longer.",
        (
            "kernel/test_restarts.py::test_restarts_leave_nothing",
            "kernel/test_restarts.py::test_reloads_leave_nothing",
            "kernel/test_restarts.py::test_interrupts_leave_nothing",
            "sockets/test_launching.py::test_an_interrupted_start_leaves_nothing",
            "browser/test_jupyterlab.py::test_a_restart_of_the_kernel_ends_the_plot_and_the_page_says_so",
        ),
    ),
    Promise(
        "R7",
        "Malformed WebSocket frames and ZeroMQ messages cost their senders the connection: no "
        "crash, no output in a cell, no memory, no descriptor, one line a second in the log; who "
        "looks beside them misses nothing.",
        (
            "sockets/test_websocket.py::test_malformed_frames_leave_nothing_behind_and_a_neighbour_misses_nothing",
            "sockets/test_relay.py::test_noise_on_every_port_harms_nothing",
            "sockets/test_relay.py::test_a_refusal_is_logged_once_a_second",
        ),
    ),
    Promise(
        "R8",
        "A frame that claims to have 2^63-1 bytes costs its connection, at once, and no memory.",
        (
            "sockets/test_websocket.py::test_a_frame_that_claims_too_much_costs_the_connection_and_no_memory",
            "sockets/test_door.py::test_a_message_without_end_costs_its_sender_the_connection",
        ),
    ),
    Promise(
        "R9",
        "The server speaks WebSocket as the standard says: Autobahn's cases of the groups 1 to 7 "
        "and 10, as raw frames.",
        (
            "sockets/test_websocket.py::test_conformance",
            "sockets/test_handshake.py::test_conformance",
        ),
    ),
    Promise(
        "R10",
        "A peer that has gone without a word is dropped within 45 s, a header that comes a byte at "
        "a time within 10 s; a new viewer connects meanwhile, within a second.",
        (
            "sockets/test_websocket.py::test_a_peer_that_does_not_answer_a_ping_is_dropped",
            "sockets/test_http.py::test_a_header_that_drips_is_dropped_while_others_come_in",
            "sockets/test_gate.py::test_a_crowd_that_says_nothing_keeps_nobody_out_who_has_the_token",
        ),
    ),
    Promise(
        "R11",
        "Who has the token, comes from the right page and asks by the right name is let in; all "
        "others get 403 and not one frame.",
        (
            "unit/server/test_access.py::test_exactly_the_listed_cells_are_let_in",
            "sockets/test_http.py::test_who_is_not_admitted_gets_a_sentence_and_no_frame",
        ),
    ),
    Promise(
        "R12",
        "No name, label, title or text runs as a script, whether the browser enforces the content "
        "security policy or not.",
        (
            "browser/test_hostile_names.py::test_names_labels_titles_and_marks_run_nothing",
            "browser/test_hostile_names.py::test_names_in_json_run_nothing",
            "browser/test_hostile_names.py::test_names_of_plots_run_nothing_on_the_page_of_all",
        ),
    ),
    Promise(
        "R13",
        "Left alone for an hour with four viewers and a page, nothing grows: not the relay, nor "
        "its threads and descriptors, nor the page.",
        (
            "sockets/test_standing.py::test_a_relay_that_is_left_alone_keeps_its_threads_and_descriptors",
            "browser/test_page_cost.py::test_the_heap_stays_flat_at_1000_points_a_second",
        ),
    ),
    Promise(
        "R14",
        "At any moment, of every viewer and every producer: accepted = delivered + conflated + "
        "dropped + queued.",
        (
            "sockets/test_chaos.py::test_a_publisher_outlives_every_fault_of_its_line",
            "unit/delivery/test_accounts.py::test_what_is_missing_is_a_hole_that_was_not_dropped",
        ),
    ),
    Promise(
        "fuzz",
        "Every parser of what others send takes it or refuses it, whatever it is: batches, points, "
        "what pages say, requests, lines of a pipe.",
        (
            "unit/protocol/test_batch.py::test_noise_and_damaged_batches_are_refused_or_batches",
            "unit/protocol/test_point.py::test_noise_and_damaged_points_are_refused_or_points",
            "unit/zmtp/test_frames.py::test_noise_is_refused_and_costs_no_more_than_the_limit",
            "unit/test_fuzzing.py::test_a_parser_keeps_its_law_for_all_of_the_corpus",
            "unit/test_fuzzing.py::test_a_parser_keeps_its_law_for_whatever_comes",
        ),
    ),
)
